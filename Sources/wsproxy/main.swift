import Arguments
import Glibc
import Runtime

exit(Program.run(CommandLine.arguments))
