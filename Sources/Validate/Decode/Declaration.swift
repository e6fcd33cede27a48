import Diagnostics
import RouteSyntax

/// A definition whose name is declared and whose body is still to be decoded.
struct Declaration {
    let name: Located<String>
    let body: Node
    let section: Section
}
