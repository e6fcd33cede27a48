import Validate

/// Finds for each host rule a request that reaches it.
struct HostNames {
    private struct Name: Hashable {
        let text: String
        let port: UInt16?
    }

    private let hosts: [LoweredHost]
    private let regexes: [CompiledRegex]
    private var exact: [Name: Int] = [:]
    private var subdomains: [Name: Int] = [:]
    private var apexes: [Name: Int] = [:]
    private var anyHosts: [UInt16?: Int] = [:]
    private var regexHosts: [Int] = []
    private let usesPorts: Bool
    private let ports: [UInt16]
    private var known: [Int: (host: String, port: UInt16?)?] = [:]

    init(_ hosts: [LoweredHost], regexes: [CompiledRegex], configuration: Configuration) {
        self.hosts = hosts
        self.regexes = regexes
        usesPorts = hosts.contains { $0.rule.port != nil }
        ports = configuration.listeners.map(\.port) + [configuration.settings.port, 80, 8080, 443]
        for (index, host) in hosts.enumerated() {
            let port = host.rule.port
            switch host.rule.pattern.value {
            case .exact(let name): exact[Name(text: name, port: port)] = index
            case .wildcard(let suffix, let includesApex):
                let name = Name(text: suffix, port: port)
                if includesApex { apexes[name] = index }
                // Of two with one suffix, the one without the apex is the narrower.
                if !includesApex || subdomains[name] == nil { subdomains[name] = index }
            case .regex: regexHosts.append(index)
            case .any: anyHosts[port] = index
            }
        }
    }

    /// A host and port whose requests the rule keeps, or nil if none was found.
    mutating func name(of index: Int) -> (host: String, port: UInt16?)? {
        if let result = known[index] { return result }
        let result = search(index)
        known[index] = .some(result)
        return result
    }

    private func search(_ index: Int) -> (host: String, port: UInt16?)? {
        let rule = hosts[index].rule
        for port in rule.port.map({ [$0] }) ?? ports {
            for name in candidates(rule.pattern.value)
            where resolve(name, port: port) == index {
                return (name, usesPorts ? port : nil)
            }
        }
        return nil
    }

    private func candidates(_ pattern: HostPattern) -> [String] {
        switch pattern {
        case .exact(let name): return [name]
        case .wildcard(let suffix, let includesApex):
            let labels = ["www", "x", "any", "a.b", "xyzzy", "x.y.z"]
            return labels.map { "\($0).\(suffix)" } + (includesApex ? [suffix] : [])
        case .any:
            return ["host.example", "other.test", "unknown.invalid", "x", "xyzzy.example"]
        case .regex(let source, let ignoresCase):
            return RegexSample.texts(source, ignoresCase: ignoresCase).flatMap { text in
                let name = String(decoding: text, as: UTF8.self).lowercased()
                return [name, "\(name).example", "www.\(name)", "www.\(name).example"]
            }.filter(Self.isName)
        }
    }

    private static func isName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            !label.isEmpty
                && label.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
                        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
        }
    }

    /// The rule that keeps requests for a host.
    private func resolve(_ name: String, port: UInt16) -> Int? {
        resolve(name, group: port) ?? resolve(name, group: nil)
    }

    private func resolve(_ name: String, group: UInt16?) -> Int? {
        if let index = exact[Name(text: name, port: group)] { return index }
        if let index = apexes[Name(text: name, port: group)] { return index }
        var rest = name[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            if let index = subdomains[Name(text: String(rest), port: group)] { return index }
        }
        for index in regexHosts where hosts[index].rule.port == group {
            guard let regex = hosts[index].regex else { continue }
            if regexes[regex].matches(Array(name.utf8)) != false { return index }
        }
        return anyHosts[group]
    }
}
