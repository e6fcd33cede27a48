/// Room for a text that is put together for one request. What does not fit is noticed, never written.
@safe
struct ScratchText: ~Copyable {
    private let bytes: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private(set) var count = 0
    private(set) var isOverfull = false

    init(capacity: Int) {
        self.capacity = capacity
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe bytes = .allocate(capacity: capacity)
        unsafe bytes.initialize(repeating: 0, count: capacity)
    }

    deinit { unsafe bytes.deallocate() }

    var buffer: UnsafeRawBufferPointer {
        // SAFETY: `count` bytes are initialised; callers do not keep them beyond a call.
        unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    }

    var span: RawSpan {
        @_lifetime(borrow self)
        get {
            // SAFETY: the span borrows this value, so the bytes stay as they are.
            unsafe _overrideLifetime(RawSpan(_unsafeBytes: buffer), borrowing: self)
        }
    }

    mutating func removeAll() {
        count = 0
        isOverfull = false
    }

    mutating func append(_ byte: UInt8) {
        guard count < capacity else {
            isOverfull = true
            return
        }
        // SAFETY: `count` is below `capacity`.
        unsafe bytes[count] = byte
        count += 1
    }

    mutating func append(_ text: UnsafeRawBufferPointer) {
        guard text.count <= capacity - count, let start = text.baseAddress else {
            if text.count > 0 { isOverfull = true }
            return
        }
        // SAFETY: the text fits; it may be part of the same memory only if it does not overlap the rest.
        unsafe UnsafeMutableRawPointer(bytes + count).copyMemory(from: start, byteCount: text.count)
        count += text.count
    }

    mutating func append(_ text: RawSpan) {
        for index in 0..<text.byteCount {
            // SAFETY: the load checks its offset; any byte is a UInt8.
            append(unsafe text.unsafeLoad(fromByteOffset: index, as: UInt8.self))
        }
    }

    /// Whether every byte may stand in a field value and needs no escape: visible ASCII.
    var isVisible: Bool {
        for index in 0..<count {
            // SAFETY: `index` is below `count`.
            let byte = unsafe bytes[index]
            guard byte > 0x20 && byte < 0x7F else { return false }
        }
        return true
    }
}
