package org.genn.engine.backend;

@OnNative
class NativeFunctionLibraryTest extends FunctionLibraryTest {}
