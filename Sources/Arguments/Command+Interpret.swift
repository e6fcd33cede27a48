extension Command {
    /// Reads the arguments of the program, without its own name.
    ///
    /// Never exits and prints nothing: see ``Interpretation`` for what the caller does.
    package func interpret(_ arguments: some Sequence<String>) -> Interpretation {
        var command = self
        var path = [name]
        var rest = Array(arguments)[...]
        while true {
            var reader = ArgumentReader(command, path: path, arguments: rest)
            do throws(UsageError) {
                switch try reader.read() {
                case .arguments(let arguments):
                    return .run(arguments)
                case .subcommand(let subcommand, let remaining):
                    command = subcommand
                    path.append(subcommand.name)
                    rest = remaining
                case .answer(let option, let value):
                    return .answer(answer(to: option, value, about: command, path: path))
                }
            } catch {
                return .misuse(error)
            }
        }
    }

    private func answer(
        to option: CommandOption, _ value: String, about command: Command, path: [String]
    ) -> String {
        switch option.name {
        case "help": command.help(path: path)
        case "version": "\(name) \(version)\n"
        case "man": manPage
        default:
            switch value {
            case "bash": bashCompletion
            case "zsh": zshCompletion
            default: fishCompletion
            }
        }
    }
}
