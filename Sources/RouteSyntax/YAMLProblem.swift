/// libyaml's messages in the words of somebody who writes a configuration.
enum YAMLProblem {
    private static let known: [(problem: String, message: String, suggestion: String?)] = [
        (
            "mapping values are not allowed in this context",
            "a `:` is not allowed here",
            "end the line above with `:` if it begins a map; put text with `: ` in quotes"
        ),
        (
            "did not find expected key", "a key is expected here",
            "keys of one map begin in the same column"
        ),
        (
            "did not find expected '-' indicator",
            "a `-` or the end of the list is expected here",
            "items of one list begin in the same column"
        ),
        (
            "could not find expected ':'", "the key before this place has no `:`",
            "write `key: value`"
        ),
        (
            "did not find expected node content", "a value is expected here",
            "put text that begins with `[`, `{`, `:` or `,` in quotes"
        ),
        (
            "did not find expected ',' or ']'", "a `,` or `]` is expected here",
            "see whether the quotes before it are closed"
        ),
        (
            "did not find expected ',' or '}'", "a `,` or `}` is expected here",
            "see whether the quotes before it are closed"
        ),
        ("found unexpected end of stream", "the file ends inside quotes", nil),
        (
            "found unknown escape character", "this escape is not known",
            "put text with backslashes in single quotes"
        ),
        (
            "did not find expected hexdecimal number", "hexadecimal digits are expected here",
            "put text with backslashes in single quotes"
        ),
        (
            "did not find expected alphabetic or numeric character",
            "a name is expected behind `*` or `&`",
            "put a pattern that begins with `*` in quotes"
        ),
        (
            "block sequence entries are not allowed in this context",
            "a list item is not allowed here", "begin the list on a line of its own"
        ),
        (
            "did not find expected <document start>",
            "the file goes on where its end is expected",
            "indent keys of one map alike"
        ),
        ("found duplicate anchor", "this anchor is defined twice", nil),
        ("found undefined tag handle", "this tag is not known", nil),
    ]

    /// A sentence about the problem, and advice where there is one that helps most.
    ///
    /// - Parameter previous: The byte before the place.
    static func explain(
        _ problem: String, previous: UInt8?, next: UInt8?
    ) -> (message: String, suggestion: String?) {
        let isBehindFlow = previous == UInt8(ascii: "}") || previous == UInt8(ascii: "]")
        if problem == "did not find expected key", isBehindFlow {
            return (
                "nothing can follow the end of a `{…}` or `[…]` here",
                "put text that begins with `{` or `[` in quotes"
            )
        }
        if problem == "found character that cannot start any token" {
            return cannotStart(next)
        }
        for entry in known where problem == entry.problem {
            return (entry.message, entry.suggestion)
        }
        return ("this is not valid YAML: \(problem)", nil)
    }

    private static func cannotStart(_ next: UInt8?) -> (message: String, suggestion: String?) {
        guard let next, next > 0x20, next < 0x7F else {
            return ("no value can begin with this character", "put the text in quotes")
        }
        let character = Character(Unicode.Scalar(next))
        return ("no value can begin with `\(character)`", "put the text in quotes")
    }

    /// A sentence about where libyaml was, for a note.
    static func explain(context: String) -> String {
        let known = [
            "while parsing a block mapping": "in the map that begins here",
            "while parsing a flow mapping": "in the map that begins here",
            "while parsing a block collection": "in the list that begins here",
            "while parsing a flow sequence": "in the list that begins here",
            "while scanning a simple key": "the key begins here",
            "while scanning a quoted scalar": "the quotes open here",
            "while parsing a quoted scalar": "the quotes open here",
            "while parsing a node": "for the value that begins here",
            "while scanning an alias": "for the alias that begins here",
            "while scanning an anchor": "for the anchor that begins here",
            "while scanning a block scalar": "in the text block that begins here",
            "while scanning a plain scalar": "in the text that begins here",
        ]
        return known[context] ?? "it began here"
    }
}
