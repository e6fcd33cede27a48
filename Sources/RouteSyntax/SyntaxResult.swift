/// What came of the text of one file.
package struct SyntaxResult: Sendable {
    /// The tree; where the text has a fault, what stands before it: whole sections, and of the section with the fault
    /// whole items. Nil if there is nothing.
    package let tree: Node?
    /// Where the text begins that ``tree`` does not hold; nil if it holds all.
    package let lostOffset: Int?
    /// The key of the section that is cut off there, if it is cut off inside of one.
    package let cutSection: String?
    /// What the tree leaves out because its keys were given twice.
    package let dropped: [Node.Entry]
}
