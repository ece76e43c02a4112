// `npm run schema`: migrates an empty database and writes what came of it to migrations/schema.sql.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, testDatabase } from './database.ts';
import { schemaText } from './schema.ts';

const database = await testDatabase();
try {
  await writeFile(join(ROOT, 'migrations', 'schema.sql'), await schemaText(database.migratorUrl));
} finally {
  await database.drop();
}
