import TableFormat

/// The trie of a host with more shapes than are worth probing one by one.
struct SegmentTrie {
    struct Node {
        var depth: Int
        var bestRoute: UInt32
        var openChild: Int?
        var atEnd: [UInt32] = []
        var below: [UInt32] = []
    }

    struct Edge {
        var parent: Int
        var child: Int
        var text: [UInt8]
    }

    private struct EdgeKey: Hashable {
        let parent: Int
        let text: [UInt8]
    }

    /// A child stands behind its parent.
    private(set) var nodes: [Node]
    private(set) var edges: [Edge] = []
    private var children: [EdgeKey: Int] = [:]

    init() { nodes = [Node(depth: 0, bestRoute: .none)] }

    /// Adds a route. Routes come best first.
    mutating func insert(_ shape: FiledShape, route: UInt32) {
        var node = 0
        nodes[0].bestRoute = min(nodes[0].bestRoute, route)
        for literal in shape.literals {
            node = child(of: node, literal)
            nodes[node].bestRoute = min(nodes[node].bestRoute, route)
        }
        switch shape.tail {
        case .end: nodes[node].atEnd.append(route)
        case .open: nodes[node].below.append(route)
        }
    }

    private mutating func child(of parent: Int, _ literal: [UInt8]?) -> Int {
        let new = nodes.count
        if let literal {
            let key = EdgeKey(parent: parent, text: literal)
            if let child = children[key] { return child }
            children[key] = new
            edges.append(Edge(parent: parent, child: new, text: literal))
        } else {
            if let child = nodes[parent].openChild { return child }
            nodes[parent].openChild = new
        }
        nodes.append(Node(depth: nodes[parent].depth + 1, bestRoute: .none))
        return new
    }
}
