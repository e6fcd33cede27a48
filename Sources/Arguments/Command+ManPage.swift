extension Command {
    /// The man page of section 1 in roff, with all subcommands.
    package var manPage: String {
        var page = """
            .TH \(Self.roff(name.uppercased())) 1 "" "\(Self.roff("\(name) \(version)"))"
            .SH NAME
            \(Self.roff(name)) \\- \(Self.roff(summary))
            .SH SYNOPSIS
            .B \(Self.roff(usage(path: [name])))

            """
        if !details.isEmpty {
            page += ".SH DESCRIPTION\n" + Self.roffLines(details, break: ".PP")
        }
        if !subcommands.isEmpty { page += ".SH COMMANDS\n" }
        for subcommand in subcommands {
            page += ".SS \(Self.roff(subcommand.usage(path: [name, subcommand.name])))\n"
            page += Self.roffLines(subcommand.summary, break: ".PP")
            if !subcommand.details.isEmpty {
                page += ".PP\n" + Self.roffLines(subcommand.details, break: ".PP")
            }
            page += subcommand.manEntries(options: subcommand.options)
            page += Self.manSections(subcommand.sections, heading: ".SS")
        }
        page += ".SH OPTIONS\n" + manEntries(options: allOptions)
        return page + Self.manSections(sections, heading: ".SH")
    }

    private func manEntries(options: [CommandOption]) -> String {
        var text = ""
        for positional in positionals {
            text += ".TP\n.I \(Self.roff(positional.name))\n\(Self.roff(positional.help))\n"
        }
        for option in options {
            let alias = option.short.map { "-\($0), " } ?? ""
            let value = option.takesValue ? " \\fI\(Self.roff(option.placeholder))\\fR" : ""
            text += ".TP\n\\fB\(Self.roff("\(alias)--\(option.name)"))\\fR\(value)\n"
            text += "\(Self.roff(option.help))\n"
            if !option.choices.isEmpty {
                text += "One of: \(Self.roff(option.choices.joined(separator: ", "))).\n"
            }
        }
        return text
    }

    private static func manSections(_ sections: [Section], heading: String) -> String {
        sections.map { section in
            "\(heading) \(roff(section.title.uppercased()))\n.nf\n"
                + roffLines(section.text, break: "") + ".fi\n"
        }.joined()
    }

    private static func roffLines(_ text: String, break empty: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? empty : roff(String($0)) }
            .map { $0 + "\n" }.joined()
    }

    /// Text in which roff sees no command: backslashes, hyphens, and a control character at the start.
    private static func roff(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            default: result.append(character)
            }
        }
        return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
    }
}
