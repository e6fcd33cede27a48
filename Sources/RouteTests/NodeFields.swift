import Diagnostics
import RouteSyntax

/// The entries of one map whose keys were checked.
struct NodeFields {
    /// The whole map.
    let range: SourceRange
    /// Keys that are misspelt or have no value: reported already, so they are not missing too.
    var meantKeys: [String] = []
    var values: [String: Node] = [:]

    init(range: SourceRange) { self.range = range }

    subscript(key: String) -> Node? { values[key] }
}
