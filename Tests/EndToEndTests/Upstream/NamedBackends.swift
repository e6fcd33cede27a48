import TestSupport

/// Backends that answer every request with their number.
final class NamedBackends: Sendable {
    let backends: [ScriptedBackend]

    init(count: Int) throws {
        backends = try (0..<count).map { number in
            try ScriptedBackend { peer in
                while !(try peer.isAtEnd()) {
                    let head = try peer.readHead()
                    let length = head.first { $0.lowercased().hasPrefix("content-length:") }
                    if let digits = length?.split(separator: " ").last, let count = Int(digits) {
                        _ = try peer.read(byteCount: count)
                    }
                    try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(number)")
                }
            }
        }
    }

    /// YAML of `load_balancer`, on one line.
    func balancer(_ strategy: String, weights: [Int] = [], more: String = "") -> String {
        let list = backends.enumerated().map { index, backend in
            let weight = weights.isEmpty ? 1 : weights[index]
            return "{url: \"http://127.0.0.1:\(backend.port)\", weight: \(weight)}"
        }
        return "load_balancer: {strategy: \(strategy), backends: [\(list.joined(separator: ", "))]"
            + "\(more.isEmpty ? "" : ", " + more)}"
    }

    /// A proxy of one worker that sends everything to these backends.
    func proxy(
        _ strategy: String, weights: [Int] = [], more: String = "", pattern: String = "/*",
        options: [String] = [], top: String = ""
    ) throws -> ProxyUnderTest {
        try ProxyUnderTest(
            """
            \(top)
            services:
              named:
                \(balancer(strategy, weights: weights, more: more))
            route_rules: [{pattern: "\(pattern)", target: named}]
            """, options: ["--workers", "1"] + options)
    }
}
