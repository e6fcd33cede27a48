/// The shapes of one host, best first, with the keys that occur in each.
struct HostShapes {
    struct Shape {
        let signature: FiledShape.Signature
        let bestRoute: UInt32
        var entries: [(filed: FiledShape, candidates: [UInt32])]
    }

    private(set) var shapes: [Shape] = []
    /// All routes that are filed by shape, best first.
    private(set) var filed: [(shape: FiledShape, route: UInt32)] = []

    /// - Parameter filings: Of the host's routes, best first.
    init(_ filings: [Filing], firstRoute: UInt32) {
        var places: [FiledShape.Signature: Int] = [:]
        var entryPlaces: [FiledShape: Int] = [:]
        for (position, filing) in filings.enumerated() {
            guard case .shape(let shape) = filing else { continue }
            let route = firstRoute + UInt32(position)
            filed.append((shape, route))
            let signature = shape.signature
            let place = places[signature] ?? shapes.count
            if place == shapes.count {
                places[signature] = place
                shapes.append(Shape(signature: signature, bestRoute: route, entries: []))
            }
            if let entry = entryPlaces[shape] {
                shapes[place].entries[entry].candidates.append(route)
            } else {
                entryPlaces[shape] = shapes[place].entries.count
                shapes[place].entries.append((shape, [route]))
            }
        }
    }
}
