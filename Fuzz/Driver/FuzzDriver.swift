internal import FuzzEntries
internal import Glibc

/// The fuzzer's program. `WSROUTE_FUZZ_TARGET` names what it feeds; its arguments are libFuzzer's.
///
/// Called as `FuzzDriver table-of CONFIGURATION OUTPUT` it compiles a configuration to a table to begin with.
@main
enum FuzzDriver {
    /// What is fed. The name is looked up once.
    static let target: FuzzTarget = {
        // SAFETY: the environment does not change while the program runs.
        let name = unsafe getenv("WSROUTE_FUZZ_TARGET").map { unsafe String(cString: $0) }
        guard let target = FuzzTarget(rawValue: name ?? "") else {
            let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
            stop("WSROUTE_FUZZ_TARGET has to be one of \(names)")
        }
        return target
    }()

    static func main() {
        let arguments = CommandLine.arguments
        if arguments.count == 4, arguments[1] == "table-of" {
            exit(writeTable(of: arguments[2], to: arguments[3]) ? 0 : 1)
        }
        var count = CommandLine.argc
        // SAFETY: the driver gets the arguments of the process, which live as long as it does.
        var vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
            unsafe CommandLine.unsafeArgv
        exit(unsafe runDriver(&count, &vector, fuzzOnce))
    }

    /// - Returns: Whether there is a table now. A configuration that is not valid has none.
    private static func writeTable(of configuration: String, to path: String) -> Bool {
        guard let bytes = TableSeed.table(compiledFrom: contents(of: configuration)),
            let file = unsafe fopen(path, "w")
        else { return false }
        // SAFETY: the file is open, and the count is that of the bytes.
        let byteCount = unsafe fwrite(bytes, 1, bytes.count, file)
        return unsafe fclose(file) == 0 && byteCount == bytes.count
    }

    private static func contents(of path: String) -> [UInt8] {
        guard let file = unsafe fopen(path, "r") else { stop("cannot read \(path)") }
        // SAFETY: the file is open until it is closed below; at most the size of the buffer is read.
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let byteCount = unsafe fread(&buffer, 1, buffer.count, file)
            if byteCount == 0 { return bytes }
            bytes += buffer[..<byteCount]
        }
    }

    private static func stop(_ reason: String) -> Never {
        let line = Array("FuzzDriver: \(reason)\n".utf8)
        // SAFETY: the count is that of the bytes.
        _ = unsafe write(STDERR_FILENO, line, line.count)
        exit(2)
    }
}

/// What libFuzzer calls for each input. Its own `main`, which the linker drops, wants it by this name.
@c(LLVMFuzzerTestOneInput)
package func fuzzOnce(_ start: UnsafePointer<UInt8>?, _ byteCount: Int) -> Int32 {
    // SAFETY: libFuzzer lends `byteCount` bytes for the length of the call.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: byteCount))
    if let violation = FuzzDriver.target.violation(bytes) { fatalError(violation) }
    return 0
}

/// The entry of libFuzzer for programs with a `main` of their own, which no header of Swift's declares.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
