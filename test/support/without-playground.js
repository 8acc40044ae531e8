import { registerHooks } from 'node:module';

/** Loaded before Belay (`--import`): as in an installation without the development dependencies. */
registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('@microsoft/m365agentsplayground')) return next(specifier, context);
    throw Object.assign(new Error('Not installed.'), { code: 'MODULE_NOT_FOUND' });
  },
});
