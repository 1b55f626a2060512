/**
 * Node.js itself strips the types. The limit is for hangs: no test is about time. Many tests wait for processes, so two
 * workers share two CPUs well; more would make runs wait for each other.
 */
export default {
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 120_000,
  maxWorkers: 2,
  testEnvironment: '<rootDir>/test/environment.js',
  testSequencer: '<rootDir>/test/slowest-first.js',
};
