extension Command {
    /// The script that `--completion zsh` prints.
    package var zshCompletion: String {
        var text = "#compdef \(name)\n"
        guard !subcommands.isEmpty else {
            return text + "\(zshArguments(indent: ""))\n"
        }
        text += """
            local -a commands=(

            """
        for subcommand in subcommands {
            let entry = "\(subcommand.name):\(subcommand.summary)"
            text += "    \(Self.quotedForShell(entry))\n"
        }
        text += """
            )
            if (( CURRENT == 2 )); then
                if [[ "$words[2]" == -* ]]; then
                    \(zshArguments(indent: "        "))
                else
                    _describe command commands
                fi
                return
            fi
            local command="$words[2]"
            shift words
            (( CURRENT-- ))
            case "$command" in

            """
        for subcommand in subcommands {
            text += "    \(subcommand.name)) \(subcommand.zshArguments(indent: "        ")) ;;\n"
        }
        return text + "esac\n"
    }

    /// A call of `_arguments` with the options and positionals of this command.
    private func zshArguments(indent: String) -> String {
        var specifications = allOptions.flatMap(\.zshSpecifications)
        specifications += positionals.map { positional in
            let place = positional.isRepeated ? "*" : positional.isRequired ? "" : ":"
            return "\(place):\(positional.name):_files"
        }
        let lines = specifications.map { "\(indent)    \(Self.quotedForShell($0))" }
        return (["_arguments"] + lines).joined(separator: " \\\n")
    }

    /// One word of a POSIX shell, whatever it holds.
    static func quotedForShell(_ text: String) -> String {
        "'"
            + text.split(separator: "'", omittingEmptySubsequences: false).joined(
                separator: "'\\''") + "'"
    }
}

extension CommandOption {
    /// What `_arguments` is told: one text for each spelling.
    fileprivate var zshSpecifications: [String] {
        let safeHelp = help.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
        let action =
            !choices.isEmpty
            ? ":\(name):(\(choices.joined(separator: " ")))"
            : valueIsFile ? ":\(name):_files" : takesValue ? ":\(name):" : ""
        let prefix = kind == .repeated ? "*" : ""
        let long = "\(prefix)--\(name)\(takesValue ? "=" : "")[\(safeHelp)]\(action)"
        guard let short else { return [long] }
        return [long, "\(prefix)-\(short)\(takesValue ? "+" : "")[\(safeHelp)]\(action)"]
    }
}
