import Arguments
import Glibc
import Runtime

StandardStreams.reserve()
exit(Program.run(CommandLine.arguments))
