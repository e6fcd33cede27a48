internal import COpenSSL
internal import Synchronization

/// The keys that session tickets are sealed with (RFC 5077, 4). One ring serves the whole process,
/// so that a client resumes on any worker and after a reload. The control thread turns it.
///
/// Made when first asked for: a proxy without TLS listeners never starts OpenSSL's random
/// generator.
package final class TLSTicketKeys: Sendable {
    /// How long one key seals.
    package static let periodMilliseconds = TicketKeyRing.periodMilliseconds

    private let ring = Mutex<TicketKeyRing?>(nil)

    package init() {}

    /// Makes a new key where it is due. The one before it still opens tickets.
    ///
    /// - Parameter now: Monotonic milliseconds.
    /// - Returns: Milliseconds until the next one is due; nil if there are no keys.
    package func advance(to now: UInt64) -> UInt64? {
        ring.withLock { $0?.advance(to: now) }
    }

    /// Has the sessions of a context use these keys. The context keeps them alive.
    func install(in context: OpaquePointer) {
        ring.withLock { ring in
            if ring == nil { ring = TicketKeyRing() }
        }
        // SAFETY: retained here, released by the callback of the index when the context ends. Tickets
        // are made and opened by sessions, which hold the context.
        let keys = unsafe Unmanaged.passRetained(self).toOpaque()
        unsafe SSL_CTX_set_ex_data(context, Self.index, keys)
        unsafe copenssl_ctx_set_ticket_callback(context) { session, name, iv, cipher, mac, seals in
            guard let name = unsafe name, let iv = unsafe iv,
                let keys = unsafe SSL_CTX_get_ex_data(
                    SSL_get_SSL_CTX(session), TLSTicketKeys.index)
            else { return -1 }
            let owner = unsafe Unmanaged<TLSTicketKeys>.fromOpaque(keys).takeUnretainedValue()
            return seals == 1
                ? unsafe owner.seal(name, iv, cipher, mac)
                : unsafe owner.open(
                    name, iv, cipher, mac, isUsedUp: SSL_version(session) >= TLS1_3_VERSION)
        }
    }

    /// The place of the keys among what a context carries.
    private static let index: Int32 =
        // SAFETY: the callback is given what `install` stored: keys that it has retained.
        unsafe copenssl_new_index(CRYPTO_EX_INDEX_SSL_CTX) { _, data, _, _, _, _ in
            guard let data = unsafe data else { return }
            unsafe Unmanaged<TLSTicketKeys>.fromOpaque(data).release()
        }

    /// Names the key that seals and sets it up.
    ///
    /// - Returns: 1, or -1 to end the handshake.
    private func seal(
        _ name: UnsafeMutablePointer<UInt8>, _ iv: UnsafeMutablePointer<UInt8>,
        _ cipher: OpaquePointer?, _ mac: OpaquePointer?
    ) -> Int32 {
        guard let key = ring.withLock({ $0?.current }) else { return -1 }
        // SAFETY: OpenSSL has room for a name of 16 bytes, and for as many of IV as any cipher wants.
        for place in 0..<TicketKey.nameByteCount { unsafe name[place] = key.name[place] }
        guard unsafe RAND_bytes(iv, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) == 1,
            unsafe copenssl_ticket_begin(cipher, mac, key.cipherKey, key.signatureKey, iv, 1) == 1
        else { return -1 }
        return 1
    }

    /// Sets up the key that a ticket names.
    ///
    /// - Parameter isUsedUp: The client should not come back with this ticket (RFC 8446, C.4).
    /// - Returns: 1; 2 if the client is to get a new ticket; 0 if this one can't be read any more.
    private func open(
        _ name: UnsafeMutablePointer<UInt8>, _ iv: UnsafeMutablePointer<UInt8>,
        _ cipher: OpaquePointer?, _ mac: OpaquePointer?, isUsedUp: Bool
    ) -> Int32 {
        // SAFETY: OpenSSL passes a name of 16 bytes.
        let named = unsafe UnsafeBufferPointer(start: name, count: TicketKey.nameByteCount)
        let (current, previous) = ring.withLock { ($0?.current, $0?.previous) }
        let isCurrent = unsafe named.elementsEqual(current?.name ?? [])
        let isPrevious = unsafe named.elementsEqual(previous?.name ?? [])
        guard let key = isCurrent ? current : isPrevious ? previous : nil else { return 0 }
        let isSet = unsafe copenssl_ticket_begin(
            cipher, mac, key.cipherKey, key.signatureKey, iv, 0)
        guard isSet == 1 else { return -1 }
        return isCurrent && !isUsedUp ? 1 : 2
    }
}
