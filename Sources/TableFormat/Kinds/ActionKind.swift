/// What a route does.
public enum ActionKind: UInt8, Sendable { case forward = 0, redirect = 1, respond = 2 }
