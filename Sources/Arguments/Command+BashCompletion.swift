extension Command {
    /// The script that `--completion bash` prints.
    package var bashCompletion: String {
        let function = "_\(name)_completion"
        var text = """
            # bash completion of \(name)
            \(function)() {
                local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
                local command="" words="" word
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case "$word" in
                        \((subcommands.map(\.name) + ["--"]).joined(separator: "|"))) command="$word"; break ;;
                    esac
                done
                case "$command $previous" in

            """
        for command in [self] + subcommands {
            text += command.bashValues(below: command.name == name ? "" : command.name)
        }
        text += """
                esac
                case "$command" in

            """
        for command in [self] + subcommands {
            let words = command.subcommands.map(\.name) + command.allOptions.map { "--\($0.name)" }
            let selector = command.name == name ? "\"\"" : command.name
            text += "        \(selector)) words=\"\(words.joined(separator: " "))\" ;;\n"
        }
        text += """
                esac
                if [[ "$current" == -* || ( -z "$command" && -n "\(subcommands.isEmpty ? "" : "1")" ) ]]; then
                    COMPREPLY=($(compgen -W "$words" -- "$current"))
                else
                    COMPREPLY=($(compgen -f -- "$current"))
                fi
            }
            complete -o filenames -F \(function) \(name)

            """
        return text
    }

    /// The lines that complete the values of this command's options.
    private func bashValues(below subcommand: String) -> String {
        allOptions.filter(\.takesValue).map { option in
            var names = ["--\(option.name)"]
            if let short = option.short { names.append("-\(short)") }
            let selector = names.map { "\"\(subcommand) \($0)\"" }.joined(separator: "|")
            let reply =
                if !option.choices.isEmpty {
                    Self.bashReply("-W \"\(option.choices.joined(separator: " "))\"")
                } else if option.valueIsFile {
                    Self.bashReply("-f")
                } else {
                    "COMPREPLY=()"
                }
            return "        \(selector)) \(reply); return ;;\n"
        }.joined()
    }
    private static func bashReply(_ words: String) -> String {
        "COMPREPLY=($(compgen \(words) -- \"$current\"))"
    }
}
