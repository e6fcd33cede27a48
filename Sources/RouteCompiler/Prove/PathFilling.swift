/// How a form that leaves its end open is filled.
struct PathFilling {
    /// Segments of the path.
    let length: Int
    /// The last segment is empty, where the form allows it.
    let endsWithSlash: Bool
}
