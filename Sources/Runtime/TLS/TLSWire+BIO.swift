internal import COpenSSL

/// A wire as OpenSSL wants it.
extension TLSWire {
    // SAFETY: made once, behind the lock of a static; OpenSSL only reads it afterwards.
    nonisolated(unsafe) private static let method: OpaquePointer = {
        let type = BIO_get_new_index() | BIO_TYPE_SOURCE_SINK
        guard let method = unsafe BIO_meth_new(type, "wire") else {
            OutOfMemory.stop("TLS")
        }
        // SAFETY: OpenSSL calls them with BIOs of this method only, as they expect.
        unsafe BIO_meth_set_read(method) { bio, out, count in
            unsafe TLSWire.read(bio, out, count)
        }
        unsafe BIO_meth_set_write(method) { bio, bytes, count in
            unsafe TLSWire.write(bio, bytes, count)
        }
        unsafe BIO_meth_set_ctrl(method) { _, command, _, _ in
            TLSWire.control(command)
        }
        unsafe BIO_meth_set_destroy(method) { bio in
            unsafe TLSWire.destroy(bio)
        }
        return unsafe method
    }()

    /// A new `BIO`, which frees the wire with itself.
    static func makeBIO(
        _ descriptor: Int32, feed: UnsafeMutablePointer<TLSFeed.State>
    ) -> OpaquePointer {
        // SAFETY: the BIO and the wire are new; the BIO's end frees the wire.
        guard let bio = unsafe BIO_new(method) else {
            OutOfMemory.stop("a TLS session")
        }
        let wire = UnsafeMutablePointer<TLSWire>.allocate(capacity: 1)
        unsafe wire.initialize(to: TLSWire(descriptor, feed: feed))
        unsafe BIO_set_data(bio, wire)
        unsafe BIO_set_init(bio, 1)
        return unsafe bio
    }

    /// The wire behind a `BIO` of ours.
    static func of(_ bio: OpaquePointer?) -> UnsafeMutablePointer<TLSWire> {
        // SAFETY: every BIO of ours has a wire from `makeBIO` until `destroy`.
        guard let data = unsafe BIO_get_data(bio) else {
            preconditionFailure("a BIO without its wire")
        }
        return unsafe data.assumingMemoryBound(to: TLSWire.self)
    }

    private static func read(
        _ bio: OpaquePointer?, _ out: UnsafeMutablePointer<CChar>?, _ count: Int32
    ) -> Int32 {
        // SAFETY: OpenSSL passes a BIO of this method, and room for `count` bytes.
        unsafe BIO_clear_flags(bio, retryFlags)
        guard let out = unsafe out, count > 0 else { return 0 }
        switch unsafe read(of(bio), into: UnsafeMutableRawPointer(out), count: Int(count)) {
        case .moved(let byteCount): return Int32(byteCount)
        case .wouldBlock:
            unsafe BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY)
            return -1
        case .endOfStream: return 0
        case .broken: return -1
        }
    }

    private static func write(
        _ bio: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32
    ) -> Int32 {
        // SAFETY: OpenSSL passes a BIO of this method, and `count` bytes.
        unsafe BIO_clear_flags(bio, retryFlags)
        guard let bytes = unsafe bytes, count > 0 else { return 0 }
        switch unsafe of(bio).pointee.write(UnsafeRawPointer(bytes), count: Int(count)) {
        case .moved(let byteCount): return Int32(byteCount)
        case .wouldBlock:
            unsafe BIO_set_flags(bio, BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
            return -1
        case .endOfStream, .broken: return -1
        }
    }

    private static func control(_ command: Int32) -> Int {
        switch command {
        // An end is never spoken of: where TLS has not announced it, OpenSSL would say so to a peer that has
        // mostly left, in a record and a packet that nobody gets. A read that brings nothing and no error is one.
        case BIO_CTRL_FLUSH, BIO_CTRL_DUP: 1
        default: 0
        }
    }

    private static func destroy(_ bio: OpaquePointer?) -> Int32 {
        // SAFETY: called once, for a BIO of this method; nothing uses the wire afterwards.
        unsafe destroy(of(bio))
        unsafe BIO_set_data(bio, nil)
        return 1
    }

    private static var retryFlags: Int32 {
        BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_IO_SPECIAL | BIO_FLAGS_SHOULD_RETRY
    }
}
