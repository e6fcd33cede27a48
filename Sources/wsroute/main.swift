import Arguments
import Glibc

StandardStreams.reserve()
// A file that must not become larger is an error of the write, so that it is told and what was begun is removed.
signal(SIGXFSZ, SIG_IGN)
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
