// Loaded before the commands that have settings: the version check, then .env where there is one. What is set already wins.
import './node-24.js'
import { existsSync } from 'node:fs'

if (existsSync('.env')) process.loadEnvFile('.env')
