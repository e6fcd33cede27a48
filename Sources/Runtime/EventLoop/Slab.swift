internal import CBytes
import CLinux
import Glibc

/// A fixed number of slots for values that are created and destroyed often.
///
/// The memory is reserved as address space and becomes real page by page as slots are used for the
/// first time; free slots are reused last in, first out, so that few pages stay in use.
/// Slots are numbered from 0; a slot's generation grows each time it is given out and is never 0.
@safe
package struct Slab<Element: ~Copyable>: ~Copyable {
    private struct Header: BitwiseCopyable {
        var generation: UInt32
        /// For a free slot, the next free one; ``occupied`` for one in use.
        var next: UInt32
    }

    private static var occupied: UInt32 { .max }
    private static var endOfList: UInt32 { .max - 1 }

    private let elements: UnsafeMutablePointer<Element>
    private let headers: UnsafeMutablePointer<Header>
    private var firstFree: UInt32
    /// Slots from here on were never used.
    private var untouched: UInt32 = 0

    /// Number of slots. Never changes.
    package let capacity: Int
    /// Number of slots in use.
    package private(set) var count = 0

    package init(capacity: Int) {
        precondition(capacity > 0 && capacity < Int(UInt32.max) - 2, "a slab of \(capacity) slots")
        self.capacity = capacity
        firstFree = Self.endOfList
        // SAFETY: the mappings are large enough for `capacity` values and page-aligned.
        unsafe elements = Self.reserve(capacity).bindMemory(to: Element.self, capacity: capacity)
        unsafe headers = Slab<Header>.reserve(capacity)
            .bindMemory(to: Header.self, capacity: capacity)
    }

    deinit {
        for slot in 0..<untouched where isOccupied(slot) {
            // SAFETY: occupied slots hold initialised values.
            unsafe (elements + Int(slot)).deinitialize(count: 1)
        }
        // SAFETY: both addresses and lengths are those of `reserve`.
        unsafe munmap(elements, capacity * MemoryLayout<Element>.stride)
        unsafe munmap(headers, capacity * MemoryLayout<Header>.stride)
    }

    /// Bytes of address space that so many slots take.
    static func reservedByteCount(capacity: Int) -> Int {
        capacity * (MemoryLayout<Element>.stride + MemoryLayout<Header>.stride)
    }

    private static func reserve(_ capacity: Int) -> UnsafeMutableRawPointer {
        let byteCount = capacity * MemoryLayout<Element>.stride
        // SAFETY: an anonymous mapping; the kernel picks the address.
        let address = unsafe mmap(
            nil, byteCount, PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let address = unsafe address, unsafe address != MAP_FAILED else {
            OutOfMemory.stop("the slots of connections")
        }
        return unsafe address
    }

    /// Whether all slots are in use.
    package var isFull: Bool { count == capacity }

    /// Whether `slot` holds a value.
    package func isOccupied(_ slot: UInt32) -> Bool {
        // SAFETY: slots below `untouched` have a header.
        unsafe slot < untouched && headers[Int(slot)].next == Self.occupied
    }

    /// The generation of the value in `slot`, or 0 if it holds none.
    package func generation(of slot: UInt32) -> UInt32 {
        // SAFETY: occupied slots have a header.
        isOccupied(slot) ? unsafe headers[Int(slot)].generation : 0
    }

    /// The value in an occupied slot.
    package subscript(_ slot: UInt32) -> Element {
        @inline(__always)
        unsafeAddress {
            precondition(isOccupied(slot), "the slot holds nothing")
            // SAFETY: checked above; occupied slots hold initialised values.
            return unsafe UnsafePointer(elements + Int(slot))
        }
        @inline(__always)
        unsafeMutableAddress {
            precondition(isOccupied(slot), "the slot holds nothing")
            // SAFETY: checked above; occupied slots hold initialised values.
            return unsafe elements + Int(slot)
        }
    }

    /// Has the value in `slot` fetched into the cache, without waiting for it. Any slot will do.
    @inline(__always)
    package func fetch(_ slot: UInt32) {
        // SAFETY: the address is only a hint; nothing is read.
        let address = unsafe UnsafeRawPointer(elements) + Int(slot) &* MemoryLayout<Element>.stride
        unsafe cbytes_fetch(address)
        unsafe cbytes_fetch(address + 64)
        unsafe cbytes_fetch(address + 128)
    }

    /// Puts a value into a free slot.
    ///
    /// - Precondition: The slab is not full.
    /// - Returns: The slot and its new generation.
    package mutating func insert(_ element: consuming Element) -> (slot: UInt32, generation: UInt32)
    {
        precondition(!isFull, "the slab is full")
        let slot: UInt32
        if firstFree != Self.endOfList {
            slot = firstFree
            // SAFETY: slots on the free list have a header.
            firstFree = unsafe headers[Int(slot)].next
        } else {
            slot = untouched
            untouched += 1
            // SAFETY: `untouched` was below `capacity`, since no slot is free and the slab is not full.
            unsafe headers[Int(slot)] = Header(generation: 0, next: Self.occupied)
        }
        // SAFETY: the slot exists and holds no value.
        unsafe (elements + Int(slot)).initialize(to: element)
        let last = unsafe headers[Int(slot)].generation
        let generation = last == .max ? 1 : last + 1
        unsafe headers[Int(slot)] = Header(generation: generation, next: Self.occupied)
        count += 1
        return (slot, generation)
    }

    /// Takes the value out of an occupied slot.
    package mutating func remove(_ slot: UInt32) -> Element {
        precondition(isOccupied(slot), "slot \(slot) holds nothing")
        count -= 1
        // SAFETY: checked above; the header marks the slot as free before anybody else can see it.
        unsafe headers[Int(slot)].next = firstFree
        firstFree = slot
        return unsafe (elements + Int(slot)).move()
    }

    /// The slots that may be in use: all below this number. For walks over all values.
    package var slotsEnd: UInt32 { untouched }
}
