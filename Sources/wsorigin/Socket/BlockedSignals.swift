internal import Glibc

/// Keeps SIGTERM and SIGINT from ending the process by themselves.
///
/// - Returns: The set of the two.
func blockTerminationSignals() -> sigset_t {
    var mask = sigset_t()
    // SAFETY: the set is ours, and the calls only read or fill it.
    unsafe sigemptyset(&mask)
    unsafe sigaddset(&mask, SIGTERM)
    unsafe sigaddset(&mask, SIGINT)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    return mask
}
