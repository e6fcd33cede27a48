/// Hosts, with a port where one is needed, that a host rule probably takes.
enum WitnessHosts {
    private static let regexVariants = 8

    /// - Parameter listenerPorts: Where requests can come in.
    static func all(of host: HostDescription, listenerPorts: [UInt16]) -> [String] {
        let ports: [UInt16]
        if let port = host.port {
            ports = [port]
        } else {
            ports = Array(listenerPorts.prefix(4)) + [80]
        }
        return ports.flatMap { port in
            names(of: host.pattern).map { port == 80 ? $0 : "\($0):\(port)" }
        }
    }

    private static func names(of pattern: String) -> [String] {
        if pattern == "*" { return ["any.invalid", "x.test", "192.0.2.7"] }
        if pattern.hasPrefix("*.") {
            return ["x", "a", "x.y", "w1"].map { $0 + pattern.dropFirst() }
        }
        if pattern.hasPrefix(".") { return [String(pattern.dropFirst()), "x" + pattern] }
        guard pattern.hasPrefix("~") || pattern.hasPrefix("^") else { return [pattern] }
        let source = RegexText.source(of: pattern)
        return (0..<regexVariants).compactMap { RegexSample.make(of: source, variant: $0) }
    }
}
