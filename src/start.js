import './node-version.js';
import module from 'node:module';

// Compiling anew what has not changed took two fifths of a start.
module.enableCompileCache();

void import('./main.ts');
