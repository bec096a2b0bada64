package org.genn.engine.backend;

@OnNative
class NativeElementaryFunctionsTest extends ElementaryFunctionsTest {}
