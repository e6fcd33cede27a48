import Diagnostics

/// The names of one kind of thing, with the place of each and whether anything refers to it.
struct NameIndex {
    private(set) var names: [Located<String>] = []
    private var indices: [String: Int] = [:]
    private var used: [Bool] = []

    /// Adds a name.
    ///
    /// - Returns: Its index, or nil if it is taken; then ``subscript(_:)`` has the earlier one.
    mutating func declare(_ name: Located<String>) -> Int? {
        guard indices[name.value] == nil else { return nil }
        indices[name.value] = names.count
        names.append(name)
        used.append(false)
        return names.count - 1
    }

    /// The index of a name.
    subscript(name: String) -> Int? { indices[name] }

    /// The name that was meant by one that is not here. Looks at the first few thousand names only.
    func nearest(to name: String) -> String? {
        DidYouMean.nearest(to: name, among: names.prefix(5000).map(\.value))
    }

    mutating func markUsed(_ index: Int) { used[index] = true }

    func isUsed(_ index: Int) -> Bool { used[index] }
}
