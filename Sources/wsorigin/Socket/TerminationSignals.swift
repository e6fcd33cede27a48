internal import CLinux

/// SIGTERM and SIGINT as a descriptor that becomes readable.
enum TerminationSignals {
    static func descriptor() throws(SystemError) -> Descriptor {
        var mask = blockTerminationSignals()
        let flags = Int32(SFD_CLOEXEC | SFD_NONBLOCK)
        // SAFETY: the kernel reads the set within the call.
        let number = unsafe signalfd(-1, &mask, flags)
        guard number >= 0 else { throw SystemError("receive signals") }
        return Descriptor(owning: number)
    }
}
