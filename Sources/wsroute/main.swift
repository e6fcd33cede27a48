import Arguments
import Glibc

StandardStreams.reserve()
switch Program.declaration.interpret(CommandLine.arguments.dropFirst()) {
case .run(let arguments):
    exit(Program.run(arguments).rawValue)
case .answer(let text):
    do {
        try Output.print(text)
    } catch {
        Output.report("wsroute: \(error.message)\n")
        exit(error.status.rawValue)
    }
case .misuse(let error):
    Output.report(error.report)
    exit(ExitStatus.misuse.rawValue)
}
