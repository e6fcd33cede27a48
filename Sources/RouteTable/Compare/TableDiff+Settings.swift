extension TableDiff {
    /// A setting of the whole table that differs, by the name that `wsroute dump` uses.
    package struct SettingChange: Equatable, Sendable {
        package var name: String
        package var old: String
        package var new: String
    }

    static func settingChanges(
        from old: borrowing LoadedTable, to new: borrowing LoadedTable
    ) -> [SettingChange] {
        zip(TableSettings(of: old).texts, TableSettings(of: new).texts).compactMap {
            $0.text == $1.text
                ? nil : SettingChange(name: $0.name, old: $0.text, new: $1.text)
        }
    }
}

extension TableSettings {
    /// All of it. The same names in the same order for every table.
    fileprivate var texts: [(name: String, text: String)] {
        let listenerTexts = listeners.map { listener in
            var text = "\(listener.addressText):\(listener.port)"
            if listener.acceptsProxyProtocol { text += " proxy_protocol" }
            guard let tls = listener.tls else { return text }
            let files = tls.certificates.map { "\($0.certificate) (key \($0.key))" }
                .joined(separator: " ")
            let authority = tls.clientAuthority.map {
                " client_ca \($0) (\(tls.clientVerification))"
            }
            return text + " tls \(files)" + (tls.requiresTLS13 ? " 1.3" : "") + (authority ?? "")
        }
        return pathOptions.map { ($0.name, String($0.value)) }
            + values.map { ($0.name, String($0.value)) }
            + [
                ("trusted_proxies", Self.shown(trustedProxies)),
                ("listeners", Self.shown(listenerTexts)),
            ]
    }

    private static func shown(_ texts: [String]) -> String {
        texts.isEmpty ? "none" : texts.joined(separator: ", ")
    }
}
