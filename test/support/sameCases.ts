import fc from 'fast-check';

/** In CI properties are held against the same cases every time, so that what fails there fails for its change; by hand against others at each run. */
if (process.env['CI'] !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_126 });
