import Arguments
import Glibc
import Runtime

ProxyServer.holdSignals()
StandardStreams.reserve()
exit(Program.run(CommandLine.arguments))
