internal import CLinux
internal import Glibc

/// SIGTERM and SIGINT as a descriptor that becomes readable.
enum TerminationSignals {
    /// Keeps the two from ending the process by themselves and waits for them instead.
    static func descriptor() throws(SystemError) -> Descriptor {
        var mask = sigset_t()
        // SAFETY: the set is ours, and the calls only read or fill it.
        unsafe sigemptyset(&mask)
        unsafe sigaddset(&mask, SIGTERM)
        unsafe sigaddset(&mask, SIGINT)
        unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
        let flags = Int32(SFD_CLOEXEC | SFD_NONBLOCK)
        // SAFETY: the kernel reads the set within the call.
        let number = unsafe signalfd(-1, &mask, flags)
        guard number >= 0 else { throw SystemError("receive signals") }
        return Descriptor(owning: number)
    }
}
