import Glibc

/// Arrays of plain values that begin as all zero bytes and whose pages become real on first use.
enum ZeroedMemory {
    /// - Returns: Room for `count` values, zeroed. To be freed with ``free(_:)``.
    static func allocate<Value: BitwiseCopyable>(
        _ type: Value.Type, count: Int
    ) -> UnsafeMutablePointer<Value> {
        // SAFETY: calloc checks the product for overflow and gives memory aligned for any plain value.
        guard let memory = unsafe calloc(count, MemoryLayout<Value>.stride) else {
            OutOfMemory.stop("a table of values")
        }
        return unsafe memory.bindMemory(to: Value.self, capacity: count)
    }

    /// Frees what ``allocate(_:count:)`` gave.
    static func free<Value: BitwiseCopyable>(_ values: UnsafeMutablePointer<Value>) {
        // SAFETY: the caller passes a pointer from `allocate`.
        unsafe Glibc::free(values)
    }
}
