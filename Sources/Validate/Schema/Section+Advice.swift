import Diagnostics

extension Section {
    /// What other proxies call the keys of this language.
    private static let synonyms: [String: [String: String]] = [
        topLevel.schemaName: [
            "hosts": "host_rules", "servers": "host_rules", "virtual_hosts": "host_rules",
            "routes": "route_rules", "paths": "route_rules", "upstreams": "services",
            "backends": "services", "clusters": "services", "listen": "listeners",
            "entrypoints": "listeners", "include": "config_dir",
        ],
        listener.schemaName: ["host": "address", "bind": "address", "ip": "address"],
        service.schemaName: serviceSynonyms,
        listedService.schemaName: serviceSynonyms,
        loadBalancer.schemaName: [
            "servers": "backends", "upstreams": "backends", "algorithm": "strategy",
            "policy": "strategy", "sticky": "session_affinity",
        ],
        backend.schemaName: ["address": "url", "host": "url", "server": "url"],
        hostRule.schemaName: [
            "host": "pattern", "hostname": "pattern", "domain": "pattern", "server_name": "pattern",
            "name": "pattern", "routes": "route_rules", "paths": "route_rules", "service": "target",
            "backend": "target", "upstream": "target", "listen": "port",
        ],
        route.schemaName: [
            "path": "pattern", "prefix": "pattern", "location": "pattern", "url": "pattern",
            "service": "target", "backend": "target", "upstream": "target", "proxy_pass": "target",
            "services": "targets", "backends": "targets", "return": "respond",
            "middleware": "middlewares", "filters": "middlewares", "when": "match",
        ],
        redirect.schemaName: ["url": "to", "location": "to", "code": "status"],
        respond.schemaName: ["code": "status", "text": "body"],
        fallbackAnswer.schemaName: ["code": "status", "text": "body", "file": "body_file"],
        upstreamTLS.schemaName: [
            "cert": "certificate", "client_ca": "ca", "sni": "server_name",
            "insecure": "insecure_skip_verify", "skip_verify": "insecure_skip_verify",
        ],
        listenerTLS.schemaName: ["cert": "certificate", "ca": "client_ca"],
    ]

    private static let serviceSynonyms = [
        "backends": "load_balancer", "servers": "load_balancer", "targets": "load_balancer",
        "host": "proxy_host", "host_header": "proxy_host", "address": "url", "target": "url",
        "upstream": "url", "timeout": "read_timeout", "connect_timeout": "dial_timeout",
        "healthcheck": "health_check", "proxy": "upstream_proxy",
    ]

    /// The key of this section that somebody meant who wrote another one.
    func key(meantBy key: String) -> String? {
        if let synonym = Self.synonyms[schemaName]?[key] { return synonym }
        return DidYouMean.nearest(to: key, among: keys)
    }

    /// What to say about a key that is like none of this section.
    func advice(about key: String) -> String? {
        let isTemplate = key.hasPrefix("x-") || key.hasPrefix(".")
        if schemaName == Section.topLevel.schemaName,
            isTemplate || ["anchors", "common", "defaults", "shared", "templates"].contains(key)
        {
            return "there is no place for templates: put the anchor where its map is used first"
        }
        var homes: [String] = []
        for section in Section.all where section.keys.contains(key) && section.place != place {
            if !homes.contains(section.place) { homes.append(section.place) }
        }
        // `advanced.timeout` is nearer to `advanced` than a service is.
        let inner = homes.filter { $0.hasPrefix(place.dropLast() + ".") }
        if !inner.isEmpty { homes = inner }
        if (1...2).contains(homes.count) {
            return "`\(key)` is a key of " + homes.joined(separator: " and of ")
        }
        guard keys.count <= 4 else { return nil }
        let list = keys.map { "`\($0)`" }.joined(separator: ", ")
        return keys.count == 1 ? "the only key is \(list)" : "the keys are \(list)"
    }
}
