import TableFormat

/// Finds regexes that are segment patterns or exact paths in another spelling.
enum RegexLowering {
    /// The segment pattern that matches exactly the canonical paths that `tree` matches, or nil.
    static func exactShape(of tree: RegexTree) -> RegexShape? {
        guard tree.isExact,
            let shape = RegexShape(RegexItems(tree.root), isExact: true), shape.isExact,
            shape.captures.count == tree.root.captureNames.count
        else { return nil }
        return shape
    }

    /// The only path of `shape`, or nil if there are more.
    static func exactPath(of shape: RegexShape) -> [UInt8]? {
        guard shape.tail == .end else { return nil }
        var path: [UInt8] = []
        for segment in shape.segments {
            guard case .literal(let text) = segment else { return nil }
            path.append(UInt8(ascii: "/"))
            path += text
        }
        return path.count <= UInt16.max ? path : nil
    }
}
