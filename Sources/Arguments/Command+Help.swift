extension Command {
    /// Widest line of the help text, in characters.
    private static let helpColumnsMax = 100

    /// The text that `--help` prints.
    ///
    /// - Parameter path: The program's name and the subcommands, this command's name last.
    package func help(path: [String]) -> String {
        var text = "\(summary)\n\nUsage: \(usage(path: path))\n"
        if !details.isEmpty { text += "\n\(details)\n" }
        text += Self.table("Commands", rows: subcommands.map { ($0.name, $0.summary) })
        text += Self.table("Arguments", rows: positionals.map { ($0.name, $0.help) })
        text += Self.table("Options", rows: allOptions.map { ($0.leftColumn, $0.help) })
        for section in sections {
            text += "\n\(section.title):\n"
            for line in section.text.split(separator: "\n", omittingEmptySubsequences: false) {
                text += line.isEmpty ? "\n" : "  \(line)\n"
            }
        }
        return text
    }

    /// One line: the command, its required options, its positionals.
    func usage(path: [String]) -> String {
        var words = [path.joined(separator: " ")]
        words += options.filter(\.isRequired).map { "--\($0.name) \($0.placeholder)" }
        if options.contains(where: { !$0.isRequired }) { words.append("[OPTIONS]") }
        words += positionals.map(\.usage)
        if !subcommands.isEmpty { words.append("COMMAND") }
        return words.joined(separator: " ")
    }

    private static func table(_ title: String, rows: [(left: String, right: String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let widthMax = 34
        let width = min(widthMax, rows.map(\.left.count).max() ?? 0)
        let indent = String(repeating: " ", count: width + 4)
        var text = "\n\(title):\n"
        for row in rows {
            let lines = wrap(row.right, width: helpColumnsMax - width - 4)
            if row.left.count > width {
                text += "  \(row.left)\n\(indent)"
            } else {
                let gap = String(repeating: " ", count: width - row.left.count + 2)
                text += "  \(row.left)\(gap)"
            }
            text += lines.joined(separator: "\n" + indent) + "\n"
        }
        return text
    }

    /// Breaks at spaces. A longer word stays whole.
    private static func wrap(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return lines + [line]
    }
}

extension CommandOption {
    /// How help writes the option: `-o, --output FILE`.
    fileprivate var leftColumn: String {
        let alias = short.map { "-\($0), " } ?? "    "
        return alias + "--\(name)" + (takesValue ? " \(placeholder)" : "")
    }
}
