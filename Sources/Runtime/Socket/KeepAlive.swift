import CLinux
import Glibc

/// TCP's own probes of a silent peer: the only way to notice one whose machine is gone, on streams that
/// may be silent for as long as they like.
enum KeepAlive {
    private static let idleSeconds: Int32 = 60
    private static let intervalSeconds: Int32 = 15
    private static let probeCount: Int32 = 4

    /// Turns probes on. Sockets accepted from a listener inherit it.
    static func enable(on descriptor: Int32) {
        set(SO_KEEPALIVE, of: SOL_SOCKET, to: 1, on: descriptor)
        set(TCP_KEEPIDLE, of: Int32(IPPROTO_TCP), to: idleSeconds, on: descriptor)
        set(TCP_KEEPINTVL, of: Int32(IPPROTO_TCP), to: intervalSeconds, on: descriptor)
        set(TCP_KEEPCNT, of: Int32(IPPROTO_TCP), to: probeCount, on: descriptor)
    }

    /// Failure costs only the probes.
    private static func set(_ option: Int32, of level: Int32, to value: Int32, on descriptor: Int32)
    {
        var value = value
        // SAFETY: the kernel reads one Int32 from this frame before the call returns.
        _ = unsafe setsockopt(
            descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
