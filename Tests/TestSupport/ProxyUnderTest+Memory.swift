internal import Foundation

extension ProxyUnderTest {
    /// The most memory that the proxy has had resident so far, in KiB.
    package func peakMemoryKilobytes() throws -> Int {
        let status = try String(
            contentsOfFile: "/proc/\(program.processIdentifier)/status", encoding: .utf8)
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            if let size = Int(line.filter(\.isNumber)) { return size }
        }
        throw program.failure("has no peak memory")
    }
}
