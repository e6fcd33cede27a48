internal import COpenSSL

/// Which certificate answers which server name (RFC 6066, 3), by the names that the certificates
/// hold.
///
/// Filled while a listener's context is made, then installed in it and only read. The context owns
/// it, as handshakes may outlive the generation that made the context.
@safe
final class TLSServerNames {
    /// The context of the default certificate, which stays as it is.
    private static let stay = -1

    /// Lower-case names without a wildcard, to places in `contexts`.
    private var exact: [String: Int] = [:]
    /// `example.com` for `*.example.com`, which stands for one label (RFC 6125, 6.4.3).
    private var wildcard: [String: Int] = [:]
    /// All names of a certificate together, to the place of its context.
    private var places: [Set<String>: Int] = [:]
    /// Owned. Without the default's, which owns this object.
    private var contexts: [OpaquePointer] = unsafe []
    /// The default's. Only asked for while it is made.
    private let defaultContext: OpaquePointer

    init(default builder: borrowing TLSContextBuilder) {
        // SAFETY: the builder's context is there as long as this object is filled.
        unsafe defaultContext = builder.context
        _ = add(Self.names(of: builder), place: Self.stay)
    }

    deinit {
        // SAFETY: each was taken over from its builder and is freed once.
        unsafe contexts.forEach { unsafe SSL_CTX_free($0) }
    }

    /// Adds a certificate. One that has the same names as an earlier one and another kind of key is shown in the
    /// place of that to clients whose algorithms want it so. Else, where two hold the same name, the first wins.
    ///
    /// - Returns: Why no client can get it; nil if one can.
    func add(_ builder: consuming TLSContextBuilder) -> TLSUnusedCertificate.Reason? {
        let names = Self.names(of: builder)
        let reason: TLSUnusedCertificate.Reason = names.isEmpty ? .nameless : .namesTaken
        if let place = places[names] {
            // SAFETY: places are those that this function gave out; the context counts references of its own.
            let context = unsafe place == Self.stay ? defaultContext : contexts[place]
            return unsafe copenssl_ctx_share_certificate(context, builder.context) == 1
                ? nil : reason
        }
        // SAFETY: the builder lets go of its reference, which `deinit` frees.
        let isUsed = add(names, place: unsafe contexts.count)
        unsafe contexts.append(builder.takeContext())
        return isUsed ? nil : reason
    }

    /// - Returns: Whether no other certificate has some of the names.
    private func add(_ names: Set<String>, place: Int) -> Bool {
        places[names] = place
        var isNew = false
        for name in names {
            if name.hasPrefix("*.") {
                isNew = Self.insert(String(name.dropFirst(2)), place, into: &wildcard) || isNew
            } else {
                isNew = Self.insert(name, place, into: &exact) || isNew
            }
        }
        return isNew
    }

    /// - Returns: Whether nobody has the name yet.
    private static func insert(
        _ name: String, _ place: Int, into names: inout [String: Int]
    ) -> Bool {
        guard names[name] == nil else { return false }
        names[name] = place
        return true
    }

    /// The names of hosts that a certificate holds, in lower case.
    private static func names(of builder: borrowing TLSContextBuilder) -> Set<String> {
        // SAFETY: the certificate belongs to the context. The names are ours and freed below.
        let certificate = unsafe SSL_CTX_get0_certificate(builder.context)
        guard
            let names = unsafe OpaquePointer(
                X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil))
        else { return [] }
        defer { unsafe GENERAL_NAMES_free(names) }
        var found: Set<String> = []
        for index in 0..<(unsafe copenssl_general_name_count(names)) {
            var byteCount: Int32 = 0
            guard let start = unsafe copenssl_dns_name(names, index, &byteCount) else { continue }
            // SAFETY: OpenSSL says how long the name is; it may hold any bytes.
            let bytes = unsafe UnsafeBufferPointer(start: start, count: Int(byteCount))
            found.insert(unsafe String(decoding: bytes, as: UTF8.self).lowercased())
        }
        return found
    }

    /// The context that answers `name`, or nil for the default.
    private func context(for name: String) -> OpaquePointer? {
        var name = name.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        var place = exact[name]
        if place == nil, let dot = name.firstIndex(of: ".") {
            place = wildcard[String(name[name.index(after: dot)...])]
        }
        guard let place, place != Self.stay else { return nil }
        // SAFETY: places are those that `add` gave out, and the array never shrinks.
        return unsafe contexts[place]
    }
}

extension TLSServerNames {
    /// The place of the map among what a context carries. The map is released with the context.
    private static let contextDataIndex: Int32 =
        // SAFETY: the callback is given what `install` stored: a map that it has retained.
        unsafe CRYPTO_get_ex_new_index(
            CRYPTO_EX_INDEX_SSL_CTX, 0, nil, nil, nil,
            { _, data, _, _, _, _ in
                guard let data = unsafe data else { return }
                unsafe Unmanaged<TLSServerNames>.fromOpaque(data).release()
            })

    /// Makes the default context ask this map, and own it.
    func install(in builder: borrowing TLSContextBuilder) {
        // SAFETY: retained here, released by the context's free callback above. The server name
        // callback is called with the same object, by sessions, which hold the context.
        let map = unsafe Unmanaged.passRetained(self).toOpaque()
        unsafe SSL_CTX_set_ex_data(builder.context, Self.contextDataIndex, map)
        unsafe copenssl_ctx_set_server_name_callback(
            builder.context,
            { session, _, map in
                guard
                    let map = unsafe map,
                    let name = unsafe SSL_get_servername(session, TLSEXT_NAMETYPE_host_name)
                else { return SSL_TLSEXT_ERR_NOACK }
                let names = unsafe Unmanaged<TLSServerNames>.fromOpaque(map).takeUnretainedValue()
                if let context = unsafe names.context(for: String(cString: name)) {
                    unsafe SSL_set_SSL_CTX(session, context)
                }
                return SSL_TLSEXT_ERR_OK
            }, map)
    }
}
