extension TableDump {
    /// The dump for a terminal. Ends with a newline.
    package var text: String {
        var lines = ["format \(formatText)", "digest \(digestText)"]
        let options = settings.pathOptions.map { "\($0.name)=\($0.value)" }
        lines.append("path " + options.joined(separator: " "))
        lines.append(
            "worst case " + worstCase.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
                + " regex_steps=\(requestStepsMax)")
        lines.append("settings")
        lines += settings.values.map { "  \($0.name) \($0.value)" }
        if !settings.trustedProxies.isEmpty {
            lines.append("  trusted_proxies " + settings.trustedProxies.joined(separator: " "))
        }
        lines.append("listeners")
        lines += settings.listeners.map { listener in
            "  \(listener.addressText) port \(listener.port)"
                + (listener.tls.map { " " + DumpValue.line(of: $0.dump) } ?? "")
                + (listener.acceptsProxyProtocol ? " proxy_protocol" : "")
        }
        lines.append("services")
        for (service, fallback) in zip(services, fallbacks) {
            lines += text(of: service)
            if !fallback.isEmpty { lines.append("    fallback \(fallback.text)") }
        }
        lines.append("middlewares")
        lines += middlewares.map { middleware in
            "  \(middleware.name) (\(middleware.type), \(middleware.place.text))"
                + middleware.settings.map { " \($0.name)=\($0.value)" }.joined()
                + middleware.texts.map { " \($0.name)=\($0.value)" }.joined()
                + middleware.more.map { " \($0.name)=\($0.value.line)" }.joined()
        }
        if !guards.isEmpty { lines.append("guards") }
        lines += guards.map { guardPolicy in
            "  \(guardPolicy.name)"
                + guardPolicy.facts(services).map { " \($0.name)=\($0.value)" }.joined()
        }
        lines.append("hosts")
        for host in hosts { lines += text(of: host) }
        if !alerts.isEmpty { lines.append("alerts") }
        lines += alerts.map { "  " + DumpValue.line(of: $0.dump) }
        if !regexes.isEmpty { lines.append("regexes") }
        lines += regexes.map { regex in
            "  \(regex.source)" + (regex.ignoresCase ? " ignores case" : "")
                + (regex.isWalked ? " walked" : " at most \(regex.stepsMax) steps")
        }
        return TerminalText.safe(lines.joined(separator: "\n") + "\n")
    }

    private func text(of service: ServiceDescription) -> [String] {
        var head = "  \(service.name) \(service.strategy.word)"
        if let proxyHost = service.proxyHost { head += " host \(proxyHost)" }
        head += " read \(service.readTimeoutMilliseconds) ms"
        head += " write \(service.writeTimeoutMilliseconds) ms"
        head += " dial \(service.dialTimeoutMilliseconds) ms"
        if service.tls.skipsVerification { head += " unverified" }
        let policies = service.policyDump.filter { field in
            if case .none = field.value { false } else { true }
        }
        return [head]
            + service.endpoints.map { "    \($0.text)\($0.basePath) weight \($0.weight)" }
            + [("tls", DumpValue.fields(service.tls.dump))].filter { _ in service.tls.isTold }
            .map { "    \($0.0) \($0.1.line)" }
            + policies.map { "    \($0.name) \($0.value.line)" }
    }

    private func text(of host: Host) -> [String] {
        let description = host.description
        var head = "  \(description.pattern)"
        if let port = description.port { head += " port \(port)" }
        head += " (\(description.place.text))"
        if description.isDeclaredOrder { head += " order declared" }
        if let target = description.target { head += " target \(target)" }
        return [head] + host.routes.flatMap { route in text(of: route) }
    }

    private func text(of route: RouteDescription) -> [String] {
        var head = "    \(route.pattern)"
        if let name = route.name { head += " \(name)" }
        head += " (\(route.place.text), \(route.kind)"
        if route.isLowered { head += " matched as segments" }
        if route.priority != 0 { head += ", priority \(route.priority)" }
        head += ") \(route.action.text)"
        var lines = [head] + route.conditions.map { "      if \($0.text)" }
        if !route.middlewares.isEmpty {
            lines.append("      through \(route.middlewares.joined(separator: ", "))")
        }
        return lines
    }
}
