"""Migrations of practices."""
