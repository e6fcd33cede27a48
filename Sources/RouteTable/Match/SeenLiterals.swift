/// Which literals the automaton has found in the current subject, so that none is looked up twice.
@safe
struct SeenLiterals: ~Copyable {
    private let generations: UnsafeMutablePointer<UInt32>
    private let count: Int
    private var generation: UInt32 = 0

    init(count: Int) {
        self.count = max(count, 1)
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe generations = .allocate(capacity: self.count)
        unsafe generations.initialize(repeating: 0, count: self.count)
    }

    deinit { unsafe generations.deallocate() }

    /// Forgets all literals.
    mutating func beginSubject() {
        generation &+= 1
        guard generation == 0 else { return }
        // SAFETY: the array has `count` elements.
        unsafe generations.update(repeating: 0, count: count)
        generation = 1
    }

    /// Whether `literal` is found for the first time in this subject.
    mutating func insert(_ literal: UInt32) -> Bool {
        precondition(Int(literal) < count, "a literal was not verified")
        // SAFETY: checked above.
        guard unsafe generations[Int(literal)] != generation else { return false }
        unsafe generations[Int(literal)] = generation
        return true
    }
}
