internal import Runtime

/// Heads and chunks, as a client or a backend might send them: the properties of ``HTTPFuzz`` must hold.
@main
enum HTTPHead {
    static func main() {
        var count = CommandLine.argc
        // SAFETY: the driver gets the arguments of the process, which live as long as it does.
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
            unsafe CommandLine.unsafeArgv
        _ = unsafe runDriver(&count, &arguments, fuzzHTTPHead)
    }
}

/// What libFuzzer calls for each input. Its own `main`, which the linker drops, wants it by this name.
@c(LLVMFuzzerTestOneInput)
package func fuzzHTTPHead(_ start: UnsafePointer<UInt8>?, _ byteCount: Int) -> Int32 {
    // SAFETY: libFuzzer lends `byteCount` bytes for the length of the call.
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: byteCount)
    HTTPFuzz.run(unsafe bytes.bytes)
    return 0
}

/// The entry of libFuzzer for programs with a `main` of their own, which no header of Swift's declares.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
