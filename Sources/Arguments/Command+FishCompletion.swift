extension Command {
    /// The script that `--completion fish` prints.
    package var fishCompletion: String {
        var lines = ["# fish completion of \(name)"]
        if !subcommands.isEmpty {
            lines.append("complete -c \(name) -n __fish_use_subcommand -f")
            for subcommand in subcommands {
                lines.append(
                    "complete -c \(name) -n __fish_use_subcommand -a \(subcommand.name)"
                        + " -d \(Self.quotedForFish(subcommand.summary))")
            }
        }
        lines += fishLines(of: self, condition: subcommands.isEmpty ? "" : "__fish_use_subcommand")
        for subcommand in subcommands {
            lines += fishLines(
                of: subcommand, condition: "__fish_seen_subcommand_from \(subcommand.name)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func fishLines(of command: Command, condition: String) -> [String] {
        command.allOptions.map { option in
            var line = "complete -c \(name)"
            if !condition.isEmpty { line += " -n '\(condition)'" }
            line += " -l \(option.name)"
            if let short = option.short { line += " -s \(short)" }
            if !option.choices.isEmpty {
                line += " -x -a '\(option.choices.joined(separator: " "))'"
            } else if option.takesValue {
                line += option.valueIsFile ? " -r -F" : " -x"
            }
            return line + " -d \(Self.quotedForFish(option.help))"
        }
    }

    private static func quotedForFish(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}
