import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

const { createContext } = vm;

/**
 * Jest's environment for Node.js, with an ordinary global object. In the usual context of a test every use of a global,
 * as in `Math.floor`, goes through interceptors and a proxy, which makes simulations up to ten times as slow.
 */
export default class OrdinaryGlobal extends TestEnvironment {
  constructor(...args) {
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...args);
    } finally {
      vm.createContext = createContext;
    }
  }
}
