import './node-version.js';

void import('./main.ts');
