import Glibc

/// How much the differential tests do in an ordinary run.
enum DifferentialSettings {
    static let seedCount: UInt64 = 300
    static let requestsPerTable = 80

    static func environment(_ name: String) -> String? {
        // SAFETY: the result is copied before anything can change the environment.
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
