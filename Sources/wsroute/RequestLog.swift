import RouteTable
import Validate

/// Reads a log of requests.
enum RequestLog {
    /// Largest log, in bytes.
    private static let byteCountMax = 1 << 30

    /// - Throws: A failure that names file and line of the first mistake.
    static func read(_ path: String) throws(CommandFailure) -> [RequestLogLine] {
        let bytes: [UInt8]
        do throws(FileSourceError) {
            bytes = try DiskFiles().contents(ofFile: path, byteCountMax: byteCountMax)
        } catch {
            throw CommandFailure(message: "\(path): can't read: \(error.reason)", status: .misuse)
        }
        guard bytes.count <= byteCountMax else {
            throw CommandFailure(
                message: "\(path): the log has more than \(byteCountMax) bytes", status: .misuse)
        }
        var lines: [RequestLogLine] = []
        let texts = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, text) in texts.enumerated() {
            switch RequestLogLine.read(Array(text)) {
            case .request(let line): lines.append(line)
            case .other: break
            case .malformed(let reason):
                throw CommandFailure(
                    message: "\(path):\(index + 1): \(reason)", status: .faultyInput)
            }
        }
        guard !lines.isEmpty else {
            throw CommandFailure(message: "\(path): no line is a request", status: .faultyInput)
        }
        return lines
    }
}
