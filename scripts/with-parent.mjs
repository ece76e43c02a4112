// Loaded before a program that a script runs: when the script is gone, even by kill -9, the program is told to stop.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
