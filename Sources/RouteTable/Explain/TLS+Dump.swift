extension ServiceDescription.TLS {
    /// Whether anything of it is not the default.
    var isTold: Bool {
        authority != nil || certificate != nil || key != nil || serverName != nil
            || skipsVerification || requiresTLS13
    }

    /// What a dump says of it.
    var dump: [DumpValue.Field] {
        [
            ("ca", DumpValue(authority)), ("certificate", DumpValue(certificate)),
            ("key", DumpValue(key)), ("server_name", DumpValue(serverName)),
            ("skips_verification", .boolean(skipsVerification)),
            ("requires_tls13", .boolean(requiresTLS13)),
        ]
    }
}

extension ListenerDescription.TLS {
    /// What a dump says of it.
    var dump: [DumpValue.Field] {
        [
            ("certificates", .texts(certificates.map(\.certificate))),
            ("keys", .texts(certificates.map(\.key))), ("client_ca", DumpValue(clientAuthority)),
            ("client_verification", .text("\(clientVerification)")),
            ("requires_tls13", .boolean(requiresTLS13)),
        ]
    }
}
